package dev.tandem.web;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.osgi.service.component.annotations.ComponentPropertyType;

/**
 * Put on a component that is a JAX-RS root resource: it is served below {@code /api} while the service is there. The
 * component names {@code service = Object.class} or any of its types; its class carries {@code @Path("/")}.
 *
 * <p>Bodies are JSON of at most 64 KB. Each component of a body's record is needed unless it is an Optional; a field that
 * is not known, missing or of another type is refused with 400 and named. Answers write times as ISO-8601 and an absent
 * Optional as null. Any exception becomes a problem; {@link ProblemException} says which.
 *
 * <p>A resource that {@linkplain #rest_streams() streams} takes bodies of any kind and size, by {@link Call#body}, and
 * bounds them itself. Browsers save {@linkplain #rest_downloads() downloads} by a ticket, and nothing else.
 */
@ComponentPropertyType
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface RestPath {
    String PREFIX_ = "tandem.";

    /** Below {@code /api}, with a leading slash, unique: {@code /chat}. As a service property: {@code tandem.rest.path}. */
    String rest_path();

    /**
     * Whether bodies are not read before the resource reads them, and are not bounded. Who sends {@code Expect: 100-continue} is
     * told to go on by the first read of {@link Call#body}, so what is refused before is never sent. Each such request keeps a thread of the web
     * server while its body comes; the resource says how many may. {@code X-HTTP-Method-Override} holds on such a path.
     */
    boolean rest_streams() default false;

    /**
     * What may be read by GET with a ticket in its address, below the path: {@code {file}} or {@code {session}/zip}, in which a word
     * in braces stands for one step of letters, digits, {@code _} and {@code -}. None by default.
     */
    String[] rest_downloads() default {};
}
