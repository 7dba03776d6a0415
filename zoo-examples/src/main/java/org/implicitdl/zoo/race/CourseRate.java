package org.implicitdl.zoo.race;

import org.nd4j.linalg.schedule.ISchedule;

/** A learning rate that falls to zero with the share of a training that is over: r(1 − share). */
final class CourseRate implements ISchedule {
    private static final long serialVersionUID = 1;

    private final double first;
    private final transient Course course;

    /** @param first r */
    CourseRate(double first, Course course) {
        this.first = first;
        this.course = course;
    }

    @Override
    public double valueAt(int iteration, int epoch) {
        return first * (1 - course.share());
    }

    /** The same: there is one course. */
    @Override
    public ISchedule clone() {
        return this;
    }
}
