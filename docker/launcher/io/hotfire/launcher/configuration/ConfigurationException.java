package io.hotfire.launcher.configuration;

/** The user's configuration cannot be used; the message is one line that says which part and why. */
public final class ConfigurationException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public ConfigurationException(String message) {
        super(message);
    }
}
