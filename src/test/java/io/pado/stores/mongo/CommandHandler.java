package io.pado.stores.mongo;

import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.wire.message.ClientRequest;
import de.bwaldvogel.mongo.wire.message.MessageHeader;
import de.bwaldvogel.mongo.wire.message.MongoMessage;
import de.bwaldvogel.mongo.wire.message.MongoQuery;
import de.bwaldvogel.mongo.wire.message.MongoReply;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** One connection: reads commands, writes answers. A client's first words come in an older form, and are answered in it. */
final class CommandHandler extends SimpleChannelInboundHandler<ClientRequest> {

    private static final AtomicInteger IDS = new AtomicInteger();

    private final Supplier<Commands> commands;

    CommandHandler(Supplier<Commands> commands) {
        this.commands = commands;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, ClientRequest request) {
        Channel channel = context.channel();
        MessageHeader header = new MessageHeader(IDS.incrementAndGet(), request.getHeader().getRequestID());
        if (request instanceof MongoMessage message) {
            commands.get().run(channel, message.getDocument(), answer -> channel.writeAndFlush(new MongoMessage(channel, header, answer)));
        } else if (request instanceof MongoQuery query) {
            Document command = query.getQuery().clone();
            command.put("$db", query.getDatabaseName());
            commands.get().run(channel, command, answer -> channel.writeAndFlush(new MongoReply(header, List.of(answer), 0)));
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        commands.get().streams().forget(context.channel());
        commands.get().data().handleClose(context.channel());
    }

    /** What cannot be read, or written, ends the connection, as with a real server. */
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        context.close();
    }
}
