<?php
// A site with a login by PHP's own sessions, that sets _ga from the server as a tag manager would.
session_save_path(sys_get_temp_dir());
session_name('session');
session_start();
setcookie('_ga', 'GA1.1.1', time() + 400 * 24 * 3600, '/');
if ($_SERVER['REQUEST_METHOD'] === 'POST') {
    session_regenerate_id(true);
    $_SESSION['user'] = $_POST['user'];
    setcookie('cart_1234567', 'x', ['path' => '/']);
    header('Location: /', true, 303);
} else {
    echo 'Hello ', htmlspecialchars($_SESSION['user'] ?? 'visitor');
}
