/** The files that a classification leaves behind: curves, confusion matrix, mistakes, the model, and a summary. */
package org.implicitdl.zoo.classify.report;
