package io.hotfire.launcher.network;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;

/**
 * A self-signed certificate (P-256, X.509 v1) and its key as PEM files, new in every process. It stands for the RSA certificate that
 * RocketMQ makes through Bouncy Castle in its TLS test mode: that one takes 1.5 s of a core before a process serves anyone.
 */
public record SelfSigned(Path certificate, Path key) {
    private static final byte[] ECDSA_SHA256 = sequence(objectId(0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02));
    private static final byte[] COMMON_NAME = objectId(0x55, 0x04, 0x03);

    static SelfSigned in(Path directory) {
        return new SelfSigned(directory.resolve("self-signed.crt"), directory.resolve("self-signed.key"));
    }

    void generate() throws GeneralSecurityException, IOException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        KeyPair pair = generator.generateKeyPair();

        byte[] name = sequence(tlv(0x31, sequence(COMMON_NAME, tlv(0x0c, "rocketmq".getBytes(StandardCharsets.UTF_8)))));
        LocalDateTime now = LocalDateTime.now(ZoneOffset.UTC);
        byte[] validity = sequence(time(now.minusDays(1)), time(now.plusYears(30)));
        byte[] serial = tlv(0x02, new BigInteger(63, new SecureRandom()).toByteArray());
        byte[] body = sequence(serial, ECDSA_SHA256, name, validity, name, pair.getPublic().getEncoded());
        Signature signature = Signature.getInstance("SHA256withECDSA");
        signature.initSign(pair.getPrivate());
        signature.update(body);
        byte[] bits = concat(new byte[] {0}, signature.sign());

        Files.createDirectories(certificate.getParent());
        write(certificate, "CERTIFICATE", sequence(body, ECDSA_SHA256, tlv(0x03, bits)));
        write(key, "PRIVATE KEY", pair.getPrivate().getEncoded());
    }

    private static void write(Path path, String label, byte[] der) throws IOException {
        Files.deleteIfExists(path);
        Files.createFile(path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        Files.writeString(path, "-----BEGIN " + label + "-----\n" + body + "\n-----END " + label + "-----\n");
    }

    /** RFC 5280: UTCTime ends in 2049, GeneralizedTime begins there. */
    private static byte[] time(LocalDateTime time) {
        boolean utc = time.getYear() < 2050;
        String text = time.format(DateTimeFormatter.ofPattern(utc ? "yyMMddHHmmss'Z'" : "yyyyMMddHHmmss'Z'"));
        return tlv(utc ? 0x17 : 0x18, text.getBytes(StandardCharsets.US_ASCII));
    }

    private static byte[] objectId(int... body) {
        byte[] bytes = new byte[body.length];
        for (int i = 0; i < body.length; i++) {
            bytes[i] = (byte) body[i];
        }
        return tlv(0x06, bytes);
    }

    private static byte[] sequence(byte[]... parts) {
        return tlv(0x30, concat(parts));
    }

    private static byte[] tlv(int tag, byte[] value) {
        int length = value.length;
        byte[] head = length < 128 ? new byte[] {(byte) tag, (byte) length}
            : length < 256 ? new byte[] {(byte) tag, (byte) 0x81, (byte) length}
            : new byte[] {(byte) tag, (byte) 0x82, (byte) (length >> 8), (byte) length};
        return concat(head, value);
    }

    private static byte[] concat(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }
}
