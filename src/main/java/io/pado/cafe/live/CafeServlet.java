package io.pado.cafe.live;

import io.pado.realtime.websocket.WebSockets;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** {@code /ws}: a WebSocket on which the café's events come by themselves. */
@WebServlet("/ws")
public class CafeServlet extends HttpServlet {

    @Inject
    private transient WebSockets webSockets;
    @Inject
    private transient CafeDialogue dialogue;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        webSockets.open(request, response, dialogue);
    }
}
