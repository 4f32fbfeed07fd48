package dev.unkai.cloud.compute.api;

import java.net.InetAddress;
import java.util.Base64;
import java.util.UUID;
import java.util.regex.Pattern;

/** What a text field may hold (the JSON schemas of the Compute API reference), with a sentence for who got it wrong. */
enum Text {
    NAME("must be 1 to 255 printable characters without white space at either end") {
        @Override
        boolean accepts(String text) {
            return within(text, 1, 255) && printable(text) && text.strip().equals(text) && !text.isBlank();
        }
    },
    ZONE("must be 1 to 255 printable characters without white space at either end") {
        @Override
        boolean accepts(String text) {
            return NAME.accepts(text);
        }
    },
    DESCRIPTION("must be at most 255 printable characters") {
        @Override
        boolean accepts(String text) {
            return within(text, 0, 255) && printable(text);
        }
    },
    LONG_DESCRIPTION("must be at most 65535 printable characters") {
        @Override
        boolean accepts(String text) {
            return within(text, 0, 65_535) && printable(text);
        }
    },
    UUID_ID("must be a UUID") {
        @Override
        boolean accepts(String text) {
            return isUuid(text);
        }
    },
    UUID_OR_EMPTY("must be a UUID, or empty when booting from a block device") {
        @Override
        boolean accepts(String text) {
            return text.isEmpty() || isUuid(text);
        }
    },
    FLAVOR_REF("must be a flavor's id or address, 1 to 512 characters") {
        @Override
        boolean accepts(String text) {
            return within(text, 1, 512) && storable(text);
        }
    },
    FLAVOR_ID("must be 1 to 255 letters, digits, spaces, '.', '_' or '-', without spaces at either end") {
        @Override
        boolean accepts(String text) {
            return within(text, 1, 255)
                    && FLAVOR_ID_FORM.matcher(text).matches()
                    && text.strip().equals(text);
        }
    },
    KEYPAIR_NAME("must be 1 to 255 letters, digits, spaces, '_' or '-', without spaces at either end") {
        @Override
        boolean accepts(String text) {
            return NAME.accepts(text) && KEYPAIR_FORM.matcher(text).matches();
        }
    },
    KEYPAIR_NAME_292("must be 1 to 255 letters, digits, spaces, '_', '-', '@' or '.', without spaces at either end") {
        @Override
        boolean accepts(String text) {
            return KEYPAIR_NAME.accepts(text.replace('@', '-').replace('.', '-'));
        }
    },
    HOSTNAME("must be 2 to 63 letters, digits or '-', beginning and ending with a letter or digit") {
        @Override
        boolean accepts(String text) {
            return text.matches("[a-zA-Z0-9][a-zA-Z0-9-]{0,61}[a-zA-Z0-9]");
        }
    },
    TAG("must be 1 to 60 characters without ',' and '/'") {
        @Override
        boolean accepts(String text) {
            return within(text, 1, 60) && text.indexOf(',') < 0 && text.indexOf('/') < 0 && storable(text);
        }
    },
    HOST("must be 1 to 255 letters, digits, '.', '_' or '-'") {
        @Override
        boolean accepts(String text) {
            return within(text, 1, 255) && HOST_FORM.matcher(text).matches();
        }
    },
    IPV4("must be an IPv4 address") {
        @Override
        boolean accepts(String text) {
            return IPV4_FORM.matcher(text).matches();
        }
    },
    IPV6("must be an IPv6 address") {
        @Override
        boolean accepts(String text) {
            return text.indexOf(':') >= 0 && text.indexOf('%') < 0 && isLiteral(text);
        }
    },
    IP("must be an IPv4 or IPv6 address") {
        @Override
        boolean accepts(String text) {
            return IPV4.accepts(text) || IPV6.accepts(text);
        }
    },
    BASE64("must be at most 65535 characters of base64") {
        @Override
        boolean accepts(String text) {
            return within(text, 0, 65_535) && isBase64(text);
        }
    },
    SPEC_KEY("must be 1 to 255 letters, digits, spaces, '-', '_', '.' or ':'") {
        @Override
        boolean accepts(String text) {
            return within(text, 1, 255) && KEY_FORM.matcher(text).matches();
        }
    },
    META_VALUE("must be at most 255 characters") {
        @Override
        boolean accepts(String text) {
            return within(text, 0, 255) && storable(text);
        }
    },
    ANY("must be text of at most 65535 characters") {
        @Override
        boolean accepts(String text) {
            return within(text, 0, 65_535) && storable(text);
        }
    };

    private static final Pattern FLAVOR_ID_FORM = Pattern.compile("[a-zA-Z0-9. _-]+");
    private static final Pattern KEYPAIR_FORM = Pattern.compile("[a-zA-Z0-9 _-]+");
    private static final Pattern HOST_FORM = Pattern.compile("[a-zA-Z0-9._-]+");
    private static final Pattern KEY_FORM = Pattern.compile("[a-zA-Z0-9_:. -]+");
    private static final Pattern IPV4_FORM =
            Pattern.compile("((25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])\\.){3}(25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])");
    private static final Pattern UUID_FORM =
            Pattern.compile("[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}");

    private final String rule;

    Text(String rule) {
        this.rule = rule;
    }

    abstract boolean accepts(String text);

    String rule() {
        return rule;
    }

    static boolean isUuid(String text) {
        return UUID_FORM.matcher(text).matches();
    }

    static UUID uuid(String text) {
        return UUID.fromString(text);
    }

    /** Never asks a name server. */
    private static boolean isLiteral(String text) {
        try {
            return text.length() <= 45 && InetAddress.ofLiteral(text) != null;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static boolean isBase64(String text) {
        String letters = text.replaceAll("\\s", "");
        try {
            return letters.length() % 4 == 0 && Base64.getDecoder().decode(letters) != null;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static boolean within(String text, int least, int most) {
        int length = text.codePointCount(0, text.length());
        return length >= least && length <= most;
    }

    /** PostgreSQL text holds every character but NUL; lone surrogates are no characters. */
    private static boolean storable(String text) {
        return text.codePoints().noneMatch(c -> c == 0 || Character.getType(c) == Character.SURROGATE);
    }

    /** As the reference: neither control, format, private or unassigned characters nor line separators. */
    private static boolean printable(String text) {
        return text.codePoints().allMatch(c -> switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        });
    }
}
