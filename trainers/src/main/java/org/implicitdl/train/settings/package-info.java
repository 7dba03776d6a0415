/** Trainers as values: what a search varies, a file keeps, and an experiment names. */
package org.implicitdl.train.settings;
