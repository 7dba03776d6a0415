package org.implicitdl.zoo.synthetic;

/**
 * One random network with data drawn from it.
 *
 * @param number 1, 2, … for trials that are reported; 0, −1, … for tuning trials
 * @param covariance of the inputs
 * @param teacher the network that made the outputs
 * @param train what methods may see
 * @param test what they are judged by as well
 * @param startSeed the seed of the weights that iterative methods start from
 */
public record Trial(
        int number, Covariance covariance, TanhNetwork teacher, Samples train, Samples test, long startSeed) {}
