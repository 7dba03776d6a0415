/** Tables of numbers and categories in CSV files: read, understood, and turned into features and labels by DataVec. */
package org.implicitdl.zoo.table;
