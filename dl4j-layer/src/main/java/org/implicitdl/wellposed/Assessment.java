package org.implicitdl.wellposed;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.implicitdl.operator.LinearOperator;

/**
 * What every condition says about a matrix. The conditions are sufficient only: that none is found proves nothing.
 *
 * @param matrix the matrix in words
 * @param findings one for each condition
 */
public record Assessment(String matrix, List<Finding> findings) {

    Assessment(LinearOperator a, List<Finding> findings) {
        this(a.toString(), findings);
    }

    /** Copies the list. */
    public Assessment {
        findings = List.copyOf(findings);
    }

    /** What was found for one condition. */
    public Finding finding(Condition condition) {
        return findings.stream()
                .filter(finding -> finding.condition() == condition)
                .findFirst()
                .orElseThrow();
    }

    /** Every certificate that was found. */
    public List<Certificate> certificates() {
        return findings.stream()
                .flatMap(finding -> finding.certificate().stream())
                .toList();
    }

    /**
     * The certificate that is solved fastest: triangular before the contraction of the largest margin before a block
     * composition before monotone.
     */
    public Optional<Certificate> best() {
        return certificates().stream()
                .min(Comparator.comparingInt(Assessment::preference)
                        .thenComparing(
                                Comparator.comparingDouble(Certificate::margin).reversed()));
    }

    private static int preference(Certificate certificate) {
        return switch (certificate.condition()) {
            case TRIANGULAR -> 0;
            case BLOCK_TRIANGULAR -> 2;
            case MONOTONE -> 3;
            default -> 1;
        };
    }

    /**
     * The best certificate.
     *
     * @throws IllPosedException if there is none, with the value that failed for every condition
     */
    public Certificate orElseThrow() {
        return best().orElseThrow(() -> new IllPosedException(this));
    }

    @Override
    public String toString() {
        return matrix + ": "
                + best().map(Certificate::statement).orElse("no certificate found")
                + findings.stream().map(finding -> "\n  " + finding).collect(Collectors.joining());
    }
}
