package io.pado.realtime.websocket.live;

import io.pado.realtime.websocket.WebSockets;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** {@code /live}: a WebSocket on which any topics that the caller may read come and go. */
@WebServlet("/live")
public class LiveServlet extends HttpServlet {

    @Inject
    private transient WebSockets webSockets;
    @Inject
    private transient LiveDialogue dialogue;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        webSockets.open(request, response, dialogue);
    }
}
