package ai.recruit.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import io.swagger.v3.core.converter.AnnotatedType;
import io.swagger.v3.core.converter.ModelConverter;
import io.swagger.v3.core.converter.ModelConverterContext;
import io.swagger.v3.core.jackson.ModelResolver;
import io.swagger.v3.core.jackson.TypeNameResolver;
import io.swagger.v3.core.util.Json31;
import io.swagger.v3.oas.models.media.JsonSchema;
import io.swagger.v3.oas.models.media.Schema;
import java.lang.reflect.RecordComponent;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Schemas of records: fields as they are on the wire; names that tell records within records apart, because every
 * {@code Data} of an answer would otherwise be the same schema; and what is {@code @Nullable} may be null, what is not is
 * required.
 */
final class RecordSchemas extends ModelResolver {

    RecordSchemas() {
        super(Json31.mapper().copy().setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE), new OuterNames());
        openapi31(true);
    }

    @Override
    public Schema<?> resolve(AnnotatedType type, ModelConverterContext context, Iterator<ModelConverter> next) {
        Schema<?> schema = super.resolve(type, context, next);
        if (schema == null || type.getType() == null) {
            return schema;
        }
        JavaType java = _mapper.constructType(type.getType());
        if (java.getRawClass().isRecord()) {
            String reference = schema.get$ref();
            String name = reference == null ? schema.getName() : reference.substring(reference.lastIndexOf('/') + 1);
            Schema<?> named = name == null ? null : context.getDefinedModels().get(name);
            complete(named == null ? schema : named, java.getRawClass());
        }
        return schema;
    }

    private static void complete(Schema<?> schema, Class<?> type) {
        Map<String, Schema> properties = schema.getProperties();
        if (properties == null || schema.getRequired() != null) {
            return;
        }
        for (RecordComponent component : type.getRecordComponents()) {
            String name = properties.containsKey(component.getName())
                    ? component.getName()
                    : FieldNames.snakeCase(component.getName());
            Schema<?> property = properties.get(name);
            if (property == null) {
                continue;
            }
            if (component.getAnnotatedType().isAnnotationPresent(Nullable.class)) {
                properties.put(name, orNull(property));
            } else if (!type.isAnnotationPresent(JsonInclude.class)) {
                schema.addRequiredItem(name);
            }
        }
    }

    private static Schema<?> orNull(Schema<?> property) {
        if (property.get$ref() != null) {
            JsonSchema nothing = new JsonSchema();
            nothing.setTypes(Set.of("null"));
            JsonSchema either = new JsonSchema();
            either.setAnyOf(List.of(property, nothing));
            return either;
        }
        if (property.getTypes() != null) {
            Set<String> types = new LinkedHashSet<>(property.getTypes());
            types.add("null");
            property.setTypes(types);
        }
        if (property.getEnum() != null) {
            @SuppressWarnings("unchecked")
            Schema<@Nullable Object> words = (Schema<@Nullable Object>) property;
            words.addEnumItemObject(null);
        }
        return property;
    }

    private static final class OuterNames extends TypeNameResolver {

        @Override
        protected String nameForClass(Class<?> type, Set<Options> options) {
            Class<?> outer = type.getEnclosingClass();
            String name = super.nameForClass(type, options);
            return outer == null ? name : nameForClass(outer, options) + name;
        }
    }
}
