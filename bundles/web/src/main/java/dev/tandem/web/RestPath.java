package dev.tandem.web;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.osgi.service.component.annotations.ComponentPropertyType;

/**
 * Put on a component that is a JAX-RS root resource: it is served below {@code /api} while the service is there. The
 * component names {@code service = Object.class} or any of its types; its class carries {@code @Path("/")}.
 */
@ComponentPropertyType
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface RestPath {
    String PREFIX_ = "tandem.";

    /** Below {@code /api}, with a leading slash, unique: {@code /chat}. As a service property: {@code tandem.rest.path}. */
    String rest_path();
}
