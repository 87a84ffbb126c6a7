package io.agentstream.identity;

/** See {@link ConversationAccess#byOwner()}. */
enum OwnerAccess implements ConversationAccess {
  INSTANCE;

  @Override
  public Access of(User user, ConversationInfo conversation) {
    return user.equals(conversation.owner()) || !conversation.hasKnownOwner()
        ? Access.STEER
        : Access.NONE;
  }

  @Override
  public boolean isListed(User user, ConversationInfo conversation) {
    return user.equals(conversation.owner());
  }

  @Override
  public boolean listsOwnOnly() {
    return true;
  }
}
