//! What a person types for "until when": a length of time, a day, a day and a time.
