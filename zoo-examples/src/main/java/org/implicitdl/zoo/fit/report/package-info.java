/** The files that a fit leaves behind: summary, predictions, picture, and the model. */
package org.implicitdl.zoo.fit.report;
