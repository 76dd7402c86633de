package io.pado.platform.http;

import io.pado.platform.problem.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.MessageBodyReader;
import jakarta.ws.rs.ext.Provider;
import java.io.IOException;
import java.io.InputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/**
 * Reads a body as the text that it is: in the charset of {@code Content-Type}, or in UTF-8. The runtime's own reader puts U+FFFD for whatever it cannot
 * read, and makes one of what is different.
 */
@Provider
@Consumes({MediaType.APPLICATION_JSON, MediaType.WILDCARD})
@ApplicationScoped
public class TextBody implements MessageBodyReader<String> {

    @Override
    public boolean isReadable(Class<?> type, Type generic, Annotation[] annotations, MediaType media) {
        return type == String.class;
    }

    /** @throws ProblemException 400 if the body is not of its charset */
    @Override
    public String readFrom(Class<String> type, Type generic, Annotation[] annotations, MediaType media, MultivaluedMap<String, String> headers,
            InputStream body) throws IOException {
        String named = media.getParameters().get(MediaType.CHARSET_PARAMETER);
        return text(body.readAllBytes(), named == null ? StandardCharsets.UTF_8 : Charset.forName(named));
    }

    static String text(byte[] body, Charset charset) {
        try {
            return charset.newDecoder().decode(ByteBuffer.wrap(body)).toString();
        } catch (CharacterCodingException other) {
            throw ProblemException.badRequest("bad-json", "The body is not " + charset.name()
                    + ". Send UTF-8, or name the charset: Content-Type: application/json;charset=euc-kr.");
        }
    }
}
