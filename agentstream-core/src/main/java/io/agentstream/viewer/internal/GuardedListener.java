package io.agentstream.viewer.internal;

import io.agentstream.chat.ConversationBuilder;
import io.agentstream.event.ErrorCode;
import io.agentstream.internal.UserCode;
import io.agentstream.viewer.DeliveryListener;
import io.agentstream.viewer.HubLoad;
import io.agentstream.viewer.StoreLoad;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Catches a listener's exceptions, and names a listener that takes long. It is called on threads
 * that send and stream, where an exception would end a connection or prevent a start. Only the
 * first failure of each method is logged, because a method may fail for every frame.
 */
final class GuardedListener implements DeliveryListener {

  private static final Logger log = LoggerFactory.getLogger(GuardedListener.class);

  private final DeliveryListener listener;
  private final UserCode userCode;
  private final Set<String> logged = ConcurrentHashMap.newKeySet();

  GuardedListener(DeliveryListener listener, UserCode userCode) {
    this.listener = listener;
    this.userCode = userCode;
  }

  @Override
  public void onHub(Supplier<HubLoad> load) {
    try {
      listener.onHub(load);
    } catch (Throwable e) {
      failed("onHub", e);
    }
  }

  @Override
  public void onStore(Supplier<StoreLoad> load) {
    try {
      listener.onStore(load);
    } catch (Throwable e) {
      failed("onStore", e);
    }
  }

  @Override
  public void onConversation(ConversationBuilder conversation) {
    long began = userCode.now();
    try {
      listener.onConversation(conversation);
    } catch (Throwable e) {
      failed("onConversation", e);
    } finally {
      userCode.took(listener, began);
    }
  }

  @Override
  public void onFrame() {
    long began = userCode.now();
    try {
      listener.onFrame();
    } catch (Throwable e) {
      failed("onFrame", e);
    } finally {
      userCode.took(listener, began);
    }
  }

  @Override
  public void onMerge(int tokens) {
    long began = userCode.now();
    try {
      listener.onMerge(tokens);
    } catch (Throwable e) {
      failed("onMerge", e);
    } finally {
      userCode.took(listener, began);
    }
  }

  @Override
  public void onResync() {
    long began = userCode.now();
    try {
      listener.onResync();
    } catch (Throwable e) {
      failed("onResync", e);
    } finally {
      userCode.took(listener, began);
    }
  }

  @Override
  public void onRefused(ErrorCode code) {
    long began = userCode.now();
    try {
      listener.onRefused(code);
    } catch (Throwable e) {
      failed("onRefused", e);
    } finally {
      userCode.took(listener, began);
    }
  }

  private void failed(String method, Throwable thrown) {
    UserCode.caught(thrown);
    if (logged.add(method)) {
      log.error(
          "{} of {} failed; further failures of it are not logged",
          method,
          listener.getClass().getName(),
          thrown);
    }
  }
}
