/** The tables, the CSV files, the pictures and the summary of a comparison of trainers. */
package org.implicitdl.zoo.compare.report;
