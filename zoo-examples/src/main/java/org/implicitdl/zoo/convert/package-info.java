/** Networks from files become implicit models that are looked at, made smaller, and certified. */
package org.implicitdl.zoo.convert;
