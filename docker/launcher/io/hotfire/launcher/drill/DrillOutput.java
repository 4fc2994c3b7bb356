package io.hotfire.launcher.drill;

import com.alibaba.fastjson2.JSONObject;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/** Lines of JSON from many threads. Who prints waits when the reader is far behind: memory stays bounded. */
final class DrillOutput implements AutoCloseable {
    private static final JSONObject END = new JSONObject();
    private static final int CAPACITY = 20_000;

    private final BlockingQueue<JSONObject> waiting = new ArrayBlockingQueue<>(CAPACITY);
    private final Thread writer;

    DrillOutput(PrintStream stream) {
        writer = new Thread(() -> write(stream), "drill-output");
        writer.setDaemon(true);
        writer.start();
    }

    void print(JSONObject line) {
        boolean interrupted = false;
        while (true) {
            try {
                waiting.put(line);
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Returns when everything was written. */
    @Override
    public void close() throws InterruptedException {
        print(END);
        writer.join();
    }

    private void write(PrintStream stream) {
        List<JSONObject> batch = new ArrayList<>();
        try {
            while (true) {
                batch.clear();
                batch.add(waiting.take());
                waiting.drainTo(batch);
                StringBuilder text = new StringBuilder();
                for (JSONObject line : batch) {
                    if (line == END) {
                        stream.print(text);
                        stream.flush();
                        return;
                    }
                    text.append(line.toString()).append('\n');
                }
                stream.print(text);
                stream.flush();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
