package io.pado;

import io.pado.admin.OperationsResource;
import io.pado.admin.QueueResource;
import io.pado.ai.AiResource;
import io.pado.ai.UiChatResource;
import io.pado.booking.BookingResource;
import io.pado.cafe.cell.CellResource;
import io.pado.cafe.menu.MenuResource;
import io.pado.cafe.order.OrderResource;
import io.pado.cafe.setting.SettingResource;
import io.pado.chat.ChatResource;
import io.pado.chat.persona.PersonaResource;
import io.pado.chat.send.RunResource;
import io.pado.chat.send.SendResource;
import io.pado.feed.stream.FeedResource;
import io.pado.identity.LoginGate;
import io.pado.identity.PersonalAnswers;
import io.pado.identity.account.AuthResource;
import io.pado.identity.account.UserResource;
import io.pado.lounge.LoungeResource;
import io.pado.notification.NotificationResource;
import io.pado.platform.http.Acceptance;
import io.pado.platform.http.ReceivedBody;
import io.pado.platform.http.TextBody;
import io.pado.platform.json.JsonbResolver;
import io.pado.platform.problem.ProblemMapper;
import io.pado.poll.PollResource;
import io.pado.presence.PresenceResource;
import io.pado.presence.friend.FriendResource;
import io.pado.realtime.sse.StreamProof;
import io.pado.realtime.sse.TopicStreamResource;
import io.pado.realtime.stream.StreamResource;
import io.pado.realtime.topic.TopicResource;
import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import java.util.Set;

/** Everything below {@code /api}. */
@ApplicationPath("/api")
public class ApiApplication extends Application {

    @Override
    public Set<Class<?>> getClasses() {
        return Set.of(AuthResource.class, UserResource.class, PollResource.class, StreamResource.class, TopicResource.class,
                TopicStreamResource.class, StreamProof.class, OrderResource.class, MenuResource.class, CellResource.class, SettingResource.class, FeedResource.class,
                AiResource.class, UiChatResource.class, BookingResource.class, LoungeResource.class, ChatResource.class, NotificationResource.class, QueueResource.class, OperationsResource.class,
                PersonaResource.class, SendResource.class, RunResource.class, PresenceResource.class, FriendResource.class,
                LoginGate.class, PersonalAnswers.class, ProblemMapper.class, Acceptance.class, JsonbResolver.class, ReceivedBody.class, TextBody.class);
    }
}
