/** What an experiment tells while it runs and leaves behind: progress, tables, statistics, CSV, figures, files. */
package org.implicitdl.zoo.report;
