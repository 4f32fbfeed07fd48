package dev.unkai.node;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.encoder.EncoderBase;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;

/** Writes each log event as one line of JSON with the names of the Elastic Common Schema, as the other processes do. */
public final class LogLines extends EncoderBase<ILoggingEvent> {
    @Override
    public byte[] headerBytes() {
        return new byte[0];
    }

    @Override
    public byte[] encode(ILoggingEvent event) {
        StringBuilder line = new StringBuilder(256).append('{');
        field(line, "@timestamp", Instant.ofEpochMilli(event.getTimeStamp()).toString());
        field(line, "log.level", event.getLevel().toString());
        field(line, "service.name", "node");
        field(line, "process.thread.name", event.getThreadName());
        field(line, "log.logger", event.getLoggerName());
        field(line, "message", event.getFormattedMessage());
        for (Map.Entry<String, String> entry : event.getMDCPropertyMap().entrySet()) {
            if (!entry.getValue().isEmpty()) {
                field(line, entry.getKey(), entry.getValue());
            }
        }
        if (event.getThrowableProxy() != null) {
            field(line, "error.stack_trace", ThrowableProxyUtil.asString(event.getThrowableProxy()));
        }
        line.setLength(line.length() - 1);
        return line.append("}\n").toString().getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public byte[] footerBytes() {
        return new byte[0];
    }

    private static void field(StringBuilder line, String name, String value) {
        line.append('"').append(name).append("\":\"");
        for (int at = 0; at < value.length(); at++) {
            char character = value.charAt(at);
            switch (character) {
                case '"' -> line.append("\\\"");
                case '\\' -> line.append("\\\\");
                case '\n' -> line.append("\\n");
                case '\r' -> line.append("\\r");
                case '\t' -> line.append("\\t");
                default -> {
                    if (character < 0x20) {
                        line.append(String.format("\\u%04x", (int) character));
                    } else {
                        line.append(character);
                    }
                }
            }
        }
        line.append("\",");
    }
}
