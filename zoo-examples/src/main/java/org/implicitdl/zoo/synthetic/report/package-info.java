/** The table, the CSV file, the figure and the summary of the synthetic experiment. */
package org.implicitdl.zoo.synthetic.report;
