/** The files that a fit leaves behind: report, predictions, picture, and the model. */
package org.implicitdl.zoo.fit.report;
