/** The methods that the synthetic experiment compares; {@code Methods} is the list of them. */
package org.implicitdl.zoo.synthetic.method;
