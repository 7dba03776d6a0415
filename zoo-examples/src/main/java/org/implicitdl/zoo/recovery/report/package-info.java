/** The table, the CSV files, the figure and the summary of the recovery experiment. */
package org.implicitdl.zoo.recovery.report;
