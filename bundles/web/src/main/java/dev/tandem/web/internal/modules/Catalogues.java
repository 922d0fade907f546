package dev.tandem.web.internal.modules;

import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;

import dev.tandem.web.internal.Languages;

/** The message catalogues of one bundle, by language and key. */
record Catalogues(Map<String, Map<String, String>> byLanguage) {
    static Catalogues read(StaticFiles files, ObjectMapper mapper) throws IOException {
        var all = new HashMap<String, Map<String, String>>();
        for (var language : Languages.TAGS) {
            var bytes = files.bytes("messages/" + language + ".json");
            if (bytes.isPresent()) {
                all.put(language, mapper.readValue(bytes.get(), new TypeReference<Map<String, String>>() {}));
            }
        }
        return new Catalogues(all);
    }

    Set<String> keys() {
        return byLanguage.getOrDefault("en", Map.of()).keySet();
    }

    /** That text in each language that has it; English for those that do not. */
    Map<String, String> texts(String key) {
        var english = byLanguage.getOrDefault("en", Map.of()).getOrDefault(key, key);
        var texts = new LinkedHashMap<String, String>();
        for (var language : Languages.TAGS) {
            texts.put(language, byLanguage.getOrDefault(language, Map.of()).getOrDefault(key, english));
        }
        return texts;
    }
}
