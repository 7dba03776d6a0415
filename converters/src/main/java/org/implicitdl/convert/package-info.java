/** Networks become implicit models: a registry of layer translators, and what it makes of a network. */
package org.implicitdl.convert;
