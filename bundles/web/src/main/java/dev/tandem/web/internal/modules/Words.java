package dev.tandem.web.internal.modules;

import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

import org.osgi.framework.Bundle;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;

import dev.tandem.web.internal.Languages;
import dev.tandem.web.internal.Mappers;

/**
 * What slices call their own things, from their catalogues {@code static/messages/LANGUAGE.json}. Reads those of a bundle
 * that is stopped as well, and of one that serves no modules.
 */
@Component(service = Words.class)
public final class Words {
    private static final Logger LOG = LoggerFactory.getLogger(Words.class);

    private record Read(long modified, Catalogues catalogues) {}

    private final ObjectMapper mapper = Mappers.requests();
    private final Map<Long, Read> read = new ConcurrentHashMap<>();

    @Activate
    public Words() {}

    /** The text by language, English where one lacks it; empty if the bundle has no such text. */
    public Optional<Map<String, String>> texts(Bundle bundle, String key) {
        var catalogues = catalogues(bundle);
        return catalogues.keys().contains(key) ? Optional.of(catalogues.texts(key)) : Optional.empty();
    }

    /** The same words in every language. */
    public static Map<String, String> same(String text) {
        var texts = new LinkedHashMap<String, String>();
        Languages.TAGS.forEach(language -> texts.put(language, text));
        return texts;
    }

    private Catalogues catalogues(Bundle bundle) {
        return read.compute(
                        bundle.getBundleId(),
                        (id, known) -> known != null && known.modified() == bundle.getLastModified()
                                ? known
                                : new Read(bundle.getLastModified(), load(bundle)))
                .catalogues();
    }

    private Catalogues load(Bundle bundle) {
        var all = new HashMap<String, Map<String, String>>();
        for (var language : Languages.TAGS) {
            var url = bundle.getEntry("static/messages/" + language + ".json");
            if (url != null) {
                try (var in = url.openStream()) {
                    all.put(language, mapper.readValue(in, new TypeReference<Map<String, String>>() {}));
                } catch (IOException e) {
                    LOG.warn("The texts of {} in {} cannot be read: {}", bundle, language, e.getMessage());
                }
            }
        }
        return new Catalogues(all);
    }
}
