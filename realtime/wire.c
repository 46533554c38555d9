/* What wire.py does, to be used in its place; what each function promises stands there.
 *
 * The loop's thread calls all of this, under the interpreter's lock, which is not let go of: nothing here waits. */
#define PY_SSIZE_T_CLEAN
#include <Python.h>
#include <errno.h>
#include <stdint.h>
#include <string.h>
#include <sys/socket.h>
#ifdef __linux__
#include <sys/epoll.h>
#endif

#define READ_MOST (32 * 1024)
#define CALLED_MOST 128
/* A text up to this long is copied behind its head; a longer one is left to the caller. */
#define COPIED_MOST 4096

#define FINAL_TEXT 0x81
#define MASKED 0x80
#define LENGTH 0x7f

#ifndef MSG_NOSIGNAL
#define MSG_NOSIGNAL 0 /* Python ignores the signal */
#endif

/* How far ahead something is fetched: the thing itself, what it refers to, and what that does. */
static const int AHEAD[] = {6, 4, 2};
#define STEPS_MOST 2

static unsigned char data[READ_MOST];

/* Where the payload begins of a text that is alone in `data`; 0 when anything else is there. */
static Py_ssize_t
lone_text(Py_ssize_t size, Py_ssize_t most)
{
    Py_ssize_t start = 6, length;
    if (size < start || data[0] != FINAL_TEXT || !(data[1] & MASKED))
        return 0;
    length = data[1] & LENGTH;
    if (length == 127)
        return 0;
    if (length == 126) {
        start = 8;
        length = data[2] << 8 | data[3];
    }
    return start + length == size && length <= most ? start : 0;
}

/* Masks or unmasks `data` from `start` on, with the key that stands before it. */
static void
mask(Py_ssize_t start, Py_ssize_t size)
{
    uint32_t key;
    uint64_t wide, eight;
    Py_ssize_t i = start;
    memcpy(&key, data + start - 4, 4);
    wide = (uint64_t)key << 32 | key;
    for (; i + 8 <= size; i += 8) {
        memcpy(&eight, data + i, 8);
        eight ^= wide;
        memcpy(data + i, &eight, 8);
    }
    for (; i < size; i++)
        data[i] ^= data[start - 4 + (i - start) % 4];
}

static PyObject *
receive(PyObject *Py_UNUSED(module), PyObject *const *args, Py_ssize_t count)
{
    if (count != 2)
        return PyErr_Format(PyExc_TypeError, "receive takes a descriptor and a size");
    int fd = (int)PyLong_AsLong(args[0]);
    Py_ssize_t most = PyLong_AsSsize_t(args[1]);
    if (PyErr_Occurred())
        return NULL;
    Py_ssize_t size = recv(fd, data, READ_MOST, MSG_DONTWAIT);
    if (size < 0) {
        if (errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR)
            Py_RETURN_NONE;
        return PyBytes_FromStringAndSize(NULL, 0);
    }
    Py_ssize_t start = lone_text(size, most);
    if (start) {
        mask(start, size);
        PyObject *text = PyUnicode_DecodeUTF8((const char *)data + start, size - start, NULL);
        if (text != NULL || !PyErr_ExceptionMatches(PyExc_UnicodeDecodeError))
            return text;
        PyErr_Clear();
        mask(start, size);
    }
    return PyBytes_FromStringAndSize((const char *)data, size);
}

static PyObject *
send_text(PyObject *Py_UNUSED(module), PyObject *const *args, Py_ssize_t count)
{
    unsigned char frame[4 + COPIED_MOST];
    if (count != 2 || !PyBytes_Check(args[1]))
        return PyErr_Format(PyExc_TypeError, "send_text takes a descriptor and bytes");
    int fd = (int)PyLong_AsLong(args[0]);
    if (PyErr_Occurred())
        return NULL;
    Py_ssize_t length = PyBytes_GET_SIZE(args[1]);
    Py_ssize_t head = length < 126 ? 2 : length < 0x10000 ? 4 : 10;
    Py_ssize_t sent = 0;
    if (length <= COPIED_MOST) {
        frame[0] = FINAL_TEXT;
        frame[1] = (unsigned char)(length < 126 ? length : 126);
        frame[2] = (unsigned char)(length >> 8);
        frame[3] = (unsigned char)length;
        memcpy(frame + head, PyBytes_AS_STRING(args[1]), (size_t)length);
        sent = send(fd, frame, (size_t)(head + length), MSG_DONTWAIT | MSG_NOSIGNAL);
    }
    return PyLong_FromSsize_t(head + length - (sent > 0 ? sent : 0));
}

/* Has the processor fetch into its cache what lies so many steps of reference away, zero being the object itself.
 * What thousands have in turn has been pushed out of it since; the way is the one that the garbage collector goes. */
static int
fetch(PyObject *object, void *steps)
{
    if (!steps) {
        const char *start = (const char *)object - 16; /* the collector's own part of it */
        for (int line = 0; line < 4; line++)
            __builtin_prefetch(start + 64 * line, 1);
    }
    else if (!PyType_Check(object) && Py_TYPE(object)->tp_traverse)
        Py_TYPE(object)->tp_traverse(object, fetch, (char *)steps - 1);
    return 0;
}

static PyObject *
fetch_ahead(PyObject *Py_UNUSED(module), PyObject *const *args, Py_ssize_t count)
{
    if (count != 1 || !PyList_Check(args[0]))
        return PyErr_Format(PyExc_TypeError, "fetch_ahead takes a list");
    Py_ssize_t last = PyList_GET_SIZE(args[0]) - 1;
    for (int steps = 0; steps <= STEPS_MOST; steps++)
        if (last >= AHEAD[steps])
            fetch(PyList_GET_ITEM(args[0], last - AHEAD[steps]), (void *)(intptr_t)steps);
    Py_RETURN_NONE;
}

#ifdef __linux__
/* The callback of a descriptor, borrowed; NULL when it has none. */
static PyObject *
callback_of(PyObject *callbacks, int fd)
{
    PyObject *callback = fd < PyList_GET_SIZE(callbacks) ? PyList_GET_ITEM(callbacks, fd) : Py_None;
    return callback == Py_None ? NULL : callback;
}

static PyObject *
call_readable(PyObject *Py_UNUSED(module), PyObject *const *args, Py_ssize_t count)
{
    struct epoll_event ready[CALLED_MOST];
    if (count != 3 || !PyList_Check(args[1]))
        return PyErr_Format(PyExc_TypeError, "call_readable takes an epoll, a list and a number");
    PyObject *callbacks = args[1];
    int epoll = PyObject_AsFileDescriptor(args[0]);
    long most = PyLong_AsLong(args[2]);
    if (PyErr_Occurred())
        return NULL;
    int found = epoll_wait(epoll, ready, most < CALLED_MOST ? (int)most : CALLED_MOST, 0);
    if (found < 0 && errno != EINTR)
        return PyErr_SetFromErrno(PyExc_OSError);
    for (int i = 0; i < found; i++) {
        for (int steps = 0; steps <= STEPS_MOST; steps++) {
            int later = i + AHEAD[steps];
            PyObject *next = later < found ? callback_of(callbacks, ready[later].data.fd) : NULL;
            if (next != NULL)
                fetch(next, (void *)(intptr_t)steps);
        }
        /* Each call may close others. */
        PyObject *callback = callback_of(callbacks, ready[i].data.fd);
        if (callback == NULL)
            continue;
        Py_INCREF(callback);
        PyObject *done = PyObject_CallNoArgs(callback);
        Py_DECREF(callback);
        if (done == NULL)
            return NULL;
        Py_DECREF(done);
    }
    Py_RETURN_NONE;
}
#endif

#define FAST(name) {#name, (PyCFunction)(void (*)(void))name, METH_FASTCALL, NULL}
static PyMethodDef methods[] = {
    FAST(receive),
    FAST(send_text),
    FAST(fetch_ahead),
#ifdef __linux__
    FAST(call_readable),
#endif
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef wire = {PyModuleDef_HEAD_INIT, "wire", NULL, -1, methods, NULL, NULL, NULL, NULL};

PyMODINIT_FUNC
PyInit_wire(void)
{
    return PyModule_Create(&wire);
}
