package io.agentstream.state;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonMappingException.Reference;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;

/** Describes Jackson's errors without the document's content. */
final class StateErrors {

  private StateErrors() {}

  /** Returns the place of the error: the field, or the line if the text is not JSON. */
  static String place(JsonProcessingException error) {
    if (error instanceof JsonMappingException mapping && !mapping.getPath().isEmpty()) {
      StringBuilder path = new StringBuilder();
      mapping.getPath().forEach(reference -> append(path, reference));
      return " at " + path;
    }
    JsonLocation location = error.getLocation();
    return location == null || location.getLineNr() < 1
        ? ""
        : " at line " + location.getLineNr() + ", column " + location.getColumnNr();
  }

  private static void append(StringBuilder path, Reference reference) {
    if (reference.getFieldName() == null) {
      path.append('[').append(reference.getIndex()).append(']');
    } else {
      path.append(path.isEmpty() ? "" : ".").append(reference.getFieldName());
    }
  }

  /** Returns the problem, if it concerns only the format. */
  static String problem(JsonProcessingException error) {
    if (error instanceof ValueInstantiationException
        && error.getCause() instanceof IllegalArgumentException value) {
      return " (" + value.getMessage() + ")";
    }
    String message = String.valueOf(error.getOriginalMessage());
    return message.startsWith("Missing required") ? " (" + message + ")" : "";
  }
}
