package io.pado.example;

import io.pado.platform.queue.Jobs;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/** {@code POST /errands?id=…&group=…&do=…} hands in a job: 201, or 200 if it is known. */
@WebServlet("/errands")
public class ErrandServlet extends HttpServlet {

    @Inject
    private transient Jobs jobs;

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) {
        String kind = request.getParameter("kind");
        boolean isNew = jobs.add(request.getParameter("id"), kind == null ? Errands.KIND : kind, request.getParameter("group"),
                kind == null ? '"' + request.getParameter("do") + '"' : request.getParameter("do"));
        response.setStatus(isNew ? HttpServletResponse.SC_CREATED : HttpServletResponse.SC_OK);
    }
}
