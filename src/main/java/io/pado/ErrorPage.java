package io.pado;

import io.pado.platform.problem.ProblemMapper;
import io.pado.platform.problem.ProblemResponse;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** What the container refuses by itself is answered as a problem too; {@code web.xml} names this for every status. */
@WebServlet("/error-page")
public class ErrorPage extends HttpServlet {

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Object status = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
        Object path = request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI);
        ProblemResponse.write(ProblemMapper.standard(status instanceof Integer code ? code : HttpServletResponse.SC_NOT_FOUND),
                path == null ? request.getRequestURI() : path.toString(), response);
    }
}
