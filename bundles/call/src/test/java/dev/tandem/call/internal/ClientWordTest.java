package dev.tandem.call.internal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;

import java.util.List;

import org.junit.Test;

public class ClientWordTest {
    @Test
    public void words() {
        assertEquals(
                new ClientWord.Can(true, false), ClientWord.read("{\"op\":\"can\",\"voice\":true,\"video\":false}"));
        assertEquals(
                new ClientWord.Join(true, false), ClientWord.read("{\"op\":\"join\",\"audio\":true,\"video\":false}"));
        assertEquals(
                new ClientWord.State(false, true),
                ClientWord.read("{\"op\":\"state\",\"audio\":false,\"video\":true}"));
        assertEquals(new ClientWord.Leave(), ClientWord.read("{\"op\":\"leave\",\"more\":1}"));
        assertEquals(new ClientWord.Unheard(), ClientWord.read("{\"op\":\"dance\"}"));
    }

    @Test
    public void aSignalsDataIsHandedOnAsItIs() {
        var word = (ClientWord.Signal) ClientWord.read("{\"op\":\"signal\",\"to\":7,\"data\":{\"a\":[1,\"é\"]}}");
        assertEquals(7, word.to());
        assertEquals("{\"a\":[1,\"é\"]}", word.data().toString());
    }

    @Test
    public void whatIsNoWordIsRefused() {
        for (var bad : List.of(
                "",
                "null",
                "[]",
                "7",
                "{",
                "{\"op\":\"can\"",
                "{}",
                "{\"op\":\"\"}",
                "{\"op\":{}}",
                "{\"op\":\"can\",\"voice\":1,\"video\":true}",
                "{\"op\":\"can\",\"voice\":true}",
                "{\"op\":\"join\",\"audio\":\"true\",\"video\":false}",
                "{\"op\":\"state\",\"audio\":null,\"video\":false}",
                "{\"op\":\"signal\",\"to\":\"7\",\"data\":{}}",
                "{\"op\":\"signal\",\"to\":7.5,\"data\":{}}",
                "{\"op\":\"signal\",\"to\":99999999999999999999,\"data\":{}}",
                "{\"op\":\"signal\",\"to\":7}",
                "{\"op\":\"signal\",\"to\":7,\"data\":[]}",
                "{\"op\":\"signal\",\"to\":7,\"data\":\"x\"}",
                "{\"op\":\"leave\"} {",
                "[".repeat(10_000),
                " ".repeat(ClientWord.LONGEST) + "{\"op\":\"leave\"}")) {
            assertThrows(
                    bad.length() > 80 ? bad.substring(0, 80) : bad,
                    IllegalArgumentException.class,
                    () -> ClientWord.read(bad));
        }
    }
}
