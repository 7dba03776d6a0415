/** The files that a race of trainers leaves behind: curves as pictures and numbers, and a summary. */
package org.implicitdl.zoo.race.report;
