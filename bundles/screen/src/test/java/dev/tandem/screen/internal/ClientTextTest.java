package dev.tandem.screen.internal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.util.List;

import org.junit.Test;

public class ClientTextTest {
    @Test
    public void whatTheSpecificationNamesIsRead() {
        assertEquals(
                new ClientText.Config("vp8", 1920, 1080),
                ClientText.read("{\"op\":\"config\",\"codec\":\"vp8\",\"width\":1920,\"height\":1080,\"later\":1}"));
        assertEquals(new ClientText.Ack(12), ClientText.read("{\"op\":\"ack\",\"sequence\":12}"));
        assertEquals(new ClientText.Key(), ClientText.read("{\"op\":\"key\"}"));
        assertEquals(new ClientText.Beat(7, 9), ClientText.read("{\"op\":\"beat\",\"now\":7,\"at\":9}"));
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
