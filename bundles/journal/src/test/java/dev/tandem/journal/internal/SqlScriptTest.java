package dev.tandem.journal.internal;

import static org.junit.Assert.assertEquals;

import java.util.List;

import org.junit.Test;

public class SqlScriptTest {
    @Test
    public void statementsEndAtSemicolons() {
        assertEquals(List.of("A", "B"), SqlScript.statements("A;\n\n B ;\n;"));
        assertEquals(List.of(), SqlScript.statements("  \n-- nothing; here\n/* nor; here */ ;"));
    }

    @Test
    public void quotesAndCommentsHoldNoEnd() {
        assertEquals(
                List.of("INSERT INTO a VALUES ('x;''y', \"b;\")", "SELECT 1"),
                SqlScript.statements("INSERT INTO a VALUES ('x;''y', \"b;\"); -- it's; a comment\nSELECT 1"));
    }

    @Test
    public void dollarQuotesHoldNoEnd() {
        var function = "CREATE FUNCTION f() RETURNS int AS $body$ BEGIN; RETURN $1; END; $body$ LANGUAGE plpgsql";
        assertEquals(List.of(function, "SELECT $$;$$"), SqlScript.statements(function + "; SELECT $$;$$;"));
    }

    @Test
    public void triggersKeepTheirBody() {
        var trigger =
                "CREATE TRIGGER t AFTER INSERT ON a BEGIN UPDATE b SET c = CASE WHEN d THEN 1 END; DELETE FROM e; END";
        assertEquals(
                List.of(trigger, "SELECT CASE WHEN 1 THEN 2 END", "B"),
                SqlScript.statements(trigger + ";\nSELECT CASE WHEN 1 THEN 2 END; B"));
    }
}
