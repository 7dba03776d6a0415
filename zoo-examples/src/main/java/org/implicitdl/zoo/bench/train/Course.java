package org.implicitdl.zoo.bench.train;

import java.util.List;

/**
 * What came of one training.
 *
 * @param accuracy on the test images, in percent
 * @param seconds that it took, without the test
 * @param epochs how often it saw each image
 */
record Course(double accuracy, double seconds, int epochs) {

    static double meanAccuracy(List<Course> courses) {
        return courses.stream().mapToDouble(Course::accuracy).average().orElseThrow();
    }

    static double leastAccuracy(List<Course> courses) {
        return courses.stream().mapToDouble(Course::accuracy).min().orElseThrow();
    }

    static double meanSeconds(List<Course> courses) {
        return courses.stream().mapToDouble(Course::seconds).average().orElseThrow();
    }

    static double secondsPerEpoch(List<Course> courses) {
        return courses.stream()
                .mapToDouble(course -> course.seconds() / course.epochs())
                .average()
                .orElseThrow();
    }
}
