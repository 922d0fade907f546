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
 */
@ComponentPropertyType
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface RestPath {
    String PREFIX_ = "tandem.";

    /** Below {@code /api}, with a leading slash, unique: {@code /chat}. As a service property: {@code tandem.rest.path}. */
    String rest_path();
}
