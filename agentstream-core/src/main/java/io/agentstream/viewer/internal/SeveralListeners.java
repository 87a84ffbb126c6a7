package io.agentstream.viewer.internal;

import io.agentstream.chat.ConversationBuilder;
import io.agentstream.event.ErrorCode;
import io.agentstream.internal.UserCode;
import io.agentstream.viewer.DeliveryListener;
import io.agentstream.viewer.HubLoad;
import io.agentstream.viewer.StoreLoad;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Calls several listeners in order; none of them throws. */
public record SeveralListeners(List<DeliveryListener> listeners) implements DeliveryListener {

  /** Returns one listener for all, or null where there is none: then nothing is called at all. */
  public static @Nullable DeliveryListener guarded(
      List<DeliveryListener> listeners, UserCode userCode) {
    List<DeliveryListener> guarded =
        listeners.stream()
            .<DeliveryListener>map(each -> new GuardedListener(each, userCode))
            .toList();
    return switch (guarded.size()) {
      case 0 -> null;
      case 1 -> guarded.get(0);
      default -> new SeveralListeners(guarded);
    };
  }

  @Override
  public void onHub(Supplier<HubLoad> load) {
    listeners.forEach(each -> each.onHub(load));
  }

  @Override
  public void onStore(Supplier<StoreLoad> load) {
    listeners.forEach(each -> each.onStore(load));
  }

  @Override
  public void onConversation(ConversationBuilder conversation) {
    listeners.forEach(each -> each.onConversation(conversation));
  }

  @Override
  public void onFrame() {
    listeners.forEach(DeliveryListener::onFrame);
  }

  @Override
  public void onMerge(int tokens) {
    listeners.forEach(each -> each.onMerge(tokens));
  }

  @Override
  public void onResync() {
    listeners.forEach(DeliveryListener::onResync);
  }

  @Override
  public void onRefused(ErrorCode code) {
    listeners.forEach(each -> each.onRefused(code));
  }
}
