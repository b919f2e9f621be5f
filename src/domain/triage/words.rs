//! What a mark says of a conversation, in words and in one small sign.
