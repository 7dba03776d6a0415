/** Random search for a network and the options of its trainer through Arbiter, and Arbiter's UI beside it. */
package org.implicitdl.zoo.compare.search;
