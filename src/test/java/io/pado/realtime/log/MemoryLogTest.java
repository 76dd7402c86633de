package io.pado.realtime.log;

class MemoryLogTest extends EventLogContract {

    @Override
    EventLog log() {
        return new MemoryLog();
    }
}
