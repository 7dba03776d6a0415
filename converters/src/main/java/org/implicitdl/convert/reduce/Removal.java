package org.implicitdl.convert.reduce;

/**
 * A state that left the model.
 *
 * @param pass in which round over all steps, counted from 1
 * @param step the name of the step that found it
 * @param state its number in the model that was reduced first
 * @param reason why it could leave
 */
public record Removal(int pass, String step, int state, String reason) {}
