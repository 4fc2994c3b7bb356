package io.hotfire.launcher;

/** The user's configuration cannot be used; the message is one line that says which part and why. */
final class ConfigurationException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ConfigurationException(String message) {
        super(message);
    }
}
