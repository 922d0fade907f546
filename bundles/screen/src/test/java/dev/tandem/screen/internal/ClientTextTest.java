package dev.tandem.screen.internal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

import org.junit.Test;

import dev.tandem.screen.internal.ClientText.Source;

public class ClientTextTest {
    @Test
    public void whatTheSpecificationNamesIsRead() {
        assertEquals(
                new ClientText.Config("vp8", 1920, 1080, Source.UNKNOWN),
                ClientText.read("{\"op\":\"config\",\"codec\":\"vp8\",\"width\":1920,\"height\":1080,\"later\":1}"));
        assertEquals(new ClientText.Ack(12), ClientText.read("{\"op\":\"ack\",\"sequence\":12}"));
        assertEquals(new ClientText.Key(), ClientText.read("{\"op\":\"key\"}"));
        assertEquals(
                new ClientText.Beat(7, 9, OptionalLong.empty(), OptionalLong.empty()),
                ClientText.read("{\"op\":\"beat\",\"now\":7,\"at\":9,\"encode\":null}"));
        assertEquals(
                new ClientText.Beat(7, 9, OptionalLong.of(12), OptionalLong.of(0)),
                ClientText.read("{\"op\":\"beat\",\"now\":7,\"at\":9,\"encode\":12,\"skipped\":0}"));
        assertEquals(
                new ClientText.Can(EnumSet.of(Codec.VP8, Codec.AV1)),
                ClientText.read("{\"op\":\"can\",\"codecs\":[\"av1\",\"vp8\",\"h266\"]}"));
        assertEquals(new ClientText.Look(false), ClientText.read("{\"op\":\"look\",\"looking\":false}"));
    }

    @Test
    public void anAckIsReadHoweverItIsWritten() {
        for (long sequence : new long[] {0, 9, 999_999_999, 1_000_000_000, 0xFFFF_FFFFL}) {
            for (var text : List.of(
                    "{\"op\":\"ack\",\"sequence\":" + sequence + "}",
                    "{ \"sequence\": " + sequence + ", \"op\": \"ack\" }",
                    "{\"op\":\"ack\",\"sequence\":" + sequence + ",\"x\":[1]}")) {
                assertEquals(new ClientText.Ack(sequence), ClientText.read(text));
            }
        }
        for (var bad : List.of("", "1x", "-1", "4294967296")) {
            var text = "{\"op\":\"ack\",\"sequence\":" + bad + "}";
            assertThrows(text, IllegalArgumentException.class, () -> ClientText.read(text));
        }
    }

    @Test
    public void aViewerThatNamesNothingWeKnowHasWhatEveryoneHas() {
        for (var codecs : List.of("[]", "[\"h266\"]")) {
            assertEquals(
                    new ClientText.Can(EnumSet.of(Codec.VP8)),
                    ClientText.read("{\"op\":\"can\",\"codecs\":" + codecs + "}"));
        }
    }

    @Test
    public void aConfigurationPassesWholeAndNothingElseOfIt() {
        for (var config : List.of(
                "{\"op\":\"config\",\"codec\":\"vp09.00.10.08\",\"width\":1280,\"height\":720,\"surface\":\"monitor\","
                        + "\"number\":2,\"of\":3,\"sourceWidth\":3840,\"sourceHeight\":2160}",
                "{\"op\":\"config\",\"codec\":\"av01.0.04M.08\",\"width\":1,\"height\":65535,\"surface\":\"window\"}")) {
            var more = config.replace("}", ",\"x\":{\"y\":1},\"of2\":null}");
            assertEquals(config, ServerText.config((ClientText.Config) ClientText.read(more)));
        }
    }

    @Test
    public void codecsAreFullStringsOfFamiliesWeKnow() {
        assertEquals(Optional.of(Codec.VP8), Codec.of("vp8"));
        assertEquals(Optional.of(Codec.VP9), Codec.of("vp09.00.10.08"));
        assertEquals(Optional.of(Codec.VP9), Codec.of("vp09.02.10.10.01.09.16.09.01"));
        assertEquals(Optional.of(Codec.H264), Codec.of("avc1.42E01F"));
        assertEquals(Optional.of(Codec.AV1), Codec.of("av01.0.04M.08"));
        assertEquals(Optional.of(Codec.AV1), Codec.of("av01.0.04M.10.0.112.09.16.09.0"));
        for (var bad : List.of(
                "",
                "vp9",
                "VP8",
                "vp8 ",
                "vp8\n",
                "h264",
                "avc1",
                "avc1.42E01",
                "avc1.42E01G",
                "av01.0.04X.08",
                "hev1.1.6.L93",
                "vp09.00.10.08" + ".01".repeat(20))) {
            assertEquals(bad, Optional.empty(), Codec.of(bad));
        }
    }

    @Test
    public void aWordOfALaterVersionIsNoError() {
        assertTrue(ClientText.read("{\"op\":\"tile\"}") instanceof ClientText.Unheard);
    }

    @Test
    public void anythingElseIsRefused() {
        for (var bad : List.of(
                "",
                "no json",
                "[]",
                "{}",
                "{\"op\":\"config\",\"codec\":\"vp8\",\"width\":0,\"height\":1080}",
                "{\"op\":\"config\",\"codec\":\"vp8\",\"width\":70000,\"height\":1080}",
                "{\"op\":\"config\",\"codec\":\"\\\"},{\\\"\",\"width\":1,\"height\":1}",
                "{\"op\":\"config\",\"codec\":\"vp9\",\"width\":1,\"height\":1}",
                "{\"op\":\"config\",\"codec\":\"vp8\",\"width\":1,\"height\":1,\"surface\":\"wall\"}",
                "{\"op\":\"config\",\"codec\":\"vp8\",\"width\":1,\"height\":1,\"number\":0}",
                "{\"op\":\"config\",\"codec\":\"vp8\",\"width\":1,\"height\":1,\"of\":100}",
                "{\"op\":\"config\",\"codec\":\"vp8\",\"width\":1,\"height\":1,\"sourceWidth\":65536}",
                "{\"op\":\"beat\",\"now\":1,\"at\":1,\"encode\":-1}",
                "{\"op\":\"beat\",\"now\":1,\"at\":1,\"skipped\":\"3\"}",
                "{\"op\":\"can\"}",
                "{\"op\":\"can\",\"codecs\":[1]}",
                "{\"op\":\"can\",\"codecs\":[" + "\"vp8\",".repeat(40) + "\"vp8\"]}",
                "{\"op\":\"look\"}",
                "{\"op\":\"look\",\"looking\":1}",
                "{\"op\":\"ack\"}",
                "{\"op\":\"ack\",\"sequence\":-1}",
                "{\"op\":\"ack\",\"sequence\":1.5}",
                "{\"op\":\"ack\",\"sequence\":\"1\"}",
                "{\"op\":\"beat\",\"now\":99999999999999999999,\"at\":1}",
                "{\"op\":\"key\",\"pad\":\"" + "x".repeat(ClientText.LONGEST) + "\"}")) {
            assertThrows(bad, IllegalArgumentException.class, () -> ClientText.read(bad));
        }
    }
}
