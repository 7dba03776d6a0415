package org.implicitdl.zoo.classify;

/**
 * One update of the weights.
 *
 * @param update counted from 1
 * @param epoch counted from 1
 * @param seconds of training until then, without what measuring takes
 * @param score the cross-entropy of the batch before the update
 * @param solverIterations per image, on average
 * @param residual of the state equation, the worst of the batch
 * @param margin of the certificate of well-posedness of the weights before the update, 0 if there is none
 */
public record UpdatePoint(
        int update, int epoch, double seconds, double score, double solverIterations, double residual, double margin) {}
