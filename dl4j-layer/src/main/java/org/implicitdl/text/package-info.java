/** Numbers as sentences have them. */
package org.implicitdl.text;
