package org.implicitdl.wellposed;

import java.util.Optional;

/**
 * What came of testing one condition.
 *
 * @param condition the condition
 * @param certificate the proof, if the condition holds
 * @param reason why there is none: the value that failed, or why the test does not apply; empty if there is one
 */
public record Finding(Condition condition, Optional<Certificate> certificate, String reason) {

    static Finding of(Certificate certificate) {
        return new Finding(certificate.condition(), Optional.of(certificate), "");
    }

    static Finding none(Condition condition, String reason) {
        return new Finding(condition, Optional.empty(), reason);
    }

    @Override
    public String toString() {
        return certificate.map(Certificate::statement).orElse(condition + ": " + reason);
    }
}
