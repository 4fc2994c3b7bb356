/** RocketMQ's clients have threads that keep a program alive whose main thread has failed. */
final class Failure {
    private Failure() {
    }

    static void endsTheProgram() {
        Thread.setDefaultUncaughtExceptionHandler((thread, failure) -> {
            failure.printStackTrace();
            System.exit(1);
        });
    }
}
