/** From the gradient of a loss in the state to its gradient in everything that the state depends on. */
package org.implicitdl.gradient;
