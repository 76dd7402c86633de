package io.pado.realtime;

class MemoryLogTest extends EventLogContract {

    @Override
    EventLog log() {
        return new MemoryLog();
    }
}
